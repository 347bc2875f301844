;; A session in Emacs, by the recipe in editors/emacs: what there is to see goes to standard output
;; as JSON. Run in a workspace as `emacs --batch -q -L editors/emacs -l session.el`.

(require 'json)
(require 'yaml-mode)
(require 'bizalign-lint)

(defvar session-seen nil)
(defconst session-patience 60)
(defconst session-folder default-directory)
(setq eglot-sync-connect t eglot-confirm-server-initiated-edits nil eglot-send-changes-idle-time 0.05
      make-backup-files nil create-lockfiles nil)

(defun session-until (condition)
  "Wait until CONDITION holds, and return what it gives."
  (let ((end (+ (float-time) session-patience)) value)
    (while (and (not (setq value (funcall condition))) (< (float-time) end))
      (accept-process-output nil 0.05))
    value))

(defun session-see (name value)
  (push (cons name value) session-seen))

(defun session-diagnostics ()
  "The flaws that are shown, each with its line."
  (mapcar (lambda (d) (format "%d: %s" (line-number-at-pos (flymake-diagnostic-beg d))
                              (flymake-diagnostic-text d)))
          (flymake-diagnostics)))

(defun session-open (path)
  (find-file (expand-file-name path session-folder))
  (run-hooks 'post-command-hook) ; which a person's next key would do
  (session-until #'eglot-current-server))

(defun session-change (old new)
  (goto-char (point-min))
  (search-forward old)
  (replace-match new)
  (eglot--signal-textDocument/didChange))

;; Breakage in a file that was not touched, and its end.
(session-open "applications/shop.yaml")
(session-see 'server (plist-get (eglot--server-info (eglot-current-server)) :name))
(session-see 'root (file-name-nondirectory (directory-file-name (project-root (project-current)))))
(session-open "teams.yaml")
(session-change "name: sales" "name: marketing")
(session-open "applications/shop.yaml")
(session-see 'broken (vconcat (session-until (lambda () (flymake-start) (session-diagnostics)))))
(session-open "teams.yaml")
(session-change "name: marketing" "name: sales")
(session-open "applications/shop.yaml")
(session-see 'mended
             (session-until (lambda () (flymake-start) (null (session-diagnostics)))))

;; What is started when structure is left to another server.
(let ((bizalign-lint-structure nil))
  (session-see 'contact (json-encode (nth 3 (bizalign-lint--contact)))))

;; What is started where a clone brings along a program, and where the user trusts the folder.
(let ((own (expand-file-name ".venv/bin/bizalign-lint" session-folder))
      (elsewhere (concat (directory-file-name session-folder) "-of-mine")))
  (make-directory (file-name-directory own) t)
  (write-region "#!/bin/sh\n" nil own)
  (set-file-modes own #o755)
  (make-directory elsewhere t)
  (session-see 'untrusted (car (bizalign-lint--contact)))
  (setq-local bizalign-lint-trusted (list session-folder))
  (session-see 'trusted-by-itself (car (bizalign-lint--contact)))
  (kill-local-variable 'bizalign-lint-trusted)
  (let ((bizalign-lint-trusted (list elsewhere)))
    (session-see 'trusted-elsewhere (car (bizalign-lint--contact))))
  (let ((bizalign-lint-trusted (list (file-name-directory (directory-file-name session-folder)))))
    (session-see 'trusted (file-relative-name (car (bizalign-lint--contact)) session-folder)))
  (session-see 'risky (risky-local-variable-p 'bizalign-lint-trusted))
  (delete-directory (expand-file-name ".venv" session-folder) t))

;; Completion.
(goto-char (point-min))
(search-forward "[pricing")
(insert ", ")
(eglot--signal-textDocument/didChange)
(let* ((capf (run-hook-with-args-until-success 'completion-at-point-functions))
       (offered (all-completions "" (nth 2 capf))))
  (session-see 'offered (vconcat (mapcar #'substring-no-properties offered))))
(delete-char -2)
(eglot--signal-textDocument/didChange)

;; A completion with a place to fill in, where nothing knows how to fill it in.
(end-of-line)
(insert "\n  compone")
(eglot--signal-textDocument/didChange)
(completion-at-point)
(session-see 'accepted (buffer-substring (line-beginning-position) (line-end-position)))
(delete-region (1- (line-beginning-position)) (line-end-position))
(eglot--signal-textDocument/didChange)

;; Hover.
(goto-char (point-min))
(search-forward "[pri")
(session-see 'hover
             (format "%s" (plist-get (jsonrpc-request (eglot-current-server) :textDocument/hover
                                                      (eglot--TextDocumentPositionParams))
                                     :contents)))

;; Definition.
(let ((xref-prompt-for-identifier nil))
  (call-interactively #'xref-find-definitions))
(session-see 'definition (format "%s:%d" (file-name-nondirectory buffer-file-name)
                                 (line-number-at-pos)))

;; Rename.
(eglot-rename "price-setting")
(save-some-buffers t)
(session-see 'renamed
             (with-temp-buffer (insert-file-contents (expand-file-name "applications/shop.yaml" session-folder)) (buffer-string)))

(eglot-shutdown (eglot-current-server))
(princ (json-encode session-seen))
