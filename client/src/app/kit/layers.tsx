import { useState } from "react";
import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { Drawer } from "@/ui/drawer";
import { Tabs } from "@/ui/tabs";
import { ToastRegion, type ShownToast } from "@/ui/toast-region";
import { Specimen } from "./specimen";

const TOASTS: ShownToast[] = [
  { id: "undo", text: "Obscur Lumen 9 was removed", tone: "plain", canUndo: true },
  { id: "problem", text: "Only 2 are left", tone: "problem", canUndo: false },
];
const TABS = [
  { id: "specs", title: "Specifications", content: <p>Sensor, mount, weight.</p> },
  { id: "record", title: "Inspection record", content: <p>Two marks on the back.</p> },
  { id: "store", title: "Store", content: <p>The Darkroom, since 2019.</p> },
];

export function Layers() {
  const [open, setOpen] = useState<"drawer" | "dialog" | null>(null);
  const [toasts, setToasts] = useState<ShownToast[]>([]);
  const close = () => setOpen(null);
  const dismiss = (id: string) => setToasts((shown) => shown.filter((toast) => toast.id !== id));
  return (
    <>
      <Specimen title="Layers">
        <div className="flex flex-wrap gap-3">
          <Button look="plain" onClick={() => setOpen("drawer")}>
            Open a drawer
          </Button>
          <Button look="plain" onClick={() => setOpen("dialog")}>
            Open a dialog
          </Button>
          <Button look="plain" onClick={() => setToasts(TOASTS)}>
            Show notes
          </Button>
        </div>
        <Drawer
          title="A drawer"
          isOpen={open === "drawer"}
          onClose={close}
          footer={<Button isWide>Done</Button>}
        >
          <p>It slides in from the end of the line and leaves by Escape or a click beside it.</p>
        </Drawer>
        <Dialog
          title="Close the account"
          isOpen={open === "dialog"}
          onClose={close}
          actions={
            <>
              <Button onClick={close}>Keep it</Button>
              <Button look="plain" onClick={close}>
                Close it
              </Button>
            </>
          }
        >
          <p>Orders stay readable for 30 days. This cannot be undone.</p>
        </Dialog>
        <ToastRegion toasts={toasts} onUndo={dismiss} onDismiss={dismiss} />
      </Specimen>
      <Specimen title="Tabs">
        <Tabs label="About a camera" tabs={TABS} />
      </Specimen>
    </>
  );
}
